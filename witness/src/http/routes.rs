//! Requests to answers.

use super::ServeOptions;
use crate::add_checkpoint::{MAX_REQUEST_BYTES, RequestError};
use crate::refusal::Refusal;
use crate::witness::Witness;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// The content type of a 409's size (C2SP tlog-witness, "add-checkpoint").
const SIZE_TYPE: HeaderValue = HeaderValue::from_static("text/x.tlog.size");
const TEXT_TYPE: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

#[derive(Clone)]
struct Shared {
    witness: Arc<Witness>,
    body_timeout: Duration,
}

pub(super) fn router(witness: Arc<Witness>, options: &ServeOptions) -> Router {
    let shared = Shared {
        witness,
        body_timeout: options.body_timeout,
    };
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/health", get(health))
        .with_state(shared)
}

async fn add_checkpoint(State(shared): State<Shared>, body: Body) -> Response {
    let body = match timeout(shared.body_timeout, to_bytes(body, MAX_REQUEST_BYTES)).await {
        Ok(Ok(body)) => body,
        // The limit is the only failure that still has a reader.
        Ok(Err(_)) => return refusal(&RequestError::TooLong.into()),
        Err(_) => {
            return text(
                StatusCode::REQUEST_TIMEOUT,
                "the request took too long to arrive".into(),
            );
        }
    };
    // The store syncs to disk; that must not hold up other connections.
    let decided = spawn_blocking(move || shared.witness.add_checkpoint(&body)).await;
    match decided {
        Ok(Ok(line)) => text(StatusCode::OK, line.to_string()),
        Ok(Err(refused)) => refusal(&refused),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "the request ended early".into()),
    }
}

async fn health(State(shared): State<Shared>) -> Response {
    match spawn_blocking(move || shared.witness.health()).await {
        Ok(Ok(0)) => text(StatusCode::OK, "ok".into()),
        Ok(Ok(forks)) => text(StatusCode::OK, format!("ok; forks kept as evidence: {forks}")),
        Ok(Err(refused)) => text(StatusCode::SERVICE_UNAVAILABLE, refused.to_string()),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "the request ended early".into()),
    }
}

fn refusal(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match refusal {
        Refusal::WrongOldSize { cosigned } => answer(status, SIZE_TYPE, cosigned.to_string()),
        other => text(status, other.to_string()),
    }
}

fn text(status: StatusCode, line: String) -> Response {
    answer(status, TEXT_TYPE, line)
}

fn answer(status: StatusCode, content_type: HeaderValue, line: String) -> Response {
    (status, [(header::CONTENT_TYPE, content_type)], line + "\n").into_response()
}
