//! Accepting connections, so many at a time, until told to stop.

use super::routes::router;
use crate::witness::Witness;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{sleep, timeout};

/// Longest request line and headers, in bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// After a failed accept, such as for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Limits of the service.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Connections at a time; further ones wait in the operating system's queue.
    pub max_connections: usize,
    /// For a request's head to arrive; also how long a connection may stay idle.
    pub head_timeout: Duration,
    /// For a request's body to arrive.
    pub body_timeout: Duration,
    /// For running requests to end when the service stops.
    pub stop_timeout: Duration,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            max_connections: 256,
            head_timeout: Duration::from_secs(60),
            body_timeout: Duration::from_secs(10),
            stop_timeout: Duration::from_secs(5),
        }
    }
}

/// Serves until SIGINT or SIGTERM, then lets running requests end. `ready` is called once both signals are heeded.
pub fn serve_until_signal(
    witness: Arc<Witness>,
    listener: TcpListener,
    options: &ServeOptions,
    ready: impl FnOnce(),
) -> io::Result<()> {
    let runtime = runtime()?;
    let router = router(witness, options);
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        ready();
        let stop = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        serve(listener, router, options, stop).await
    })
}

/// A log witness served by a thread of its own, until stopped or dropped.
pub struct RunningWitness {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl RunningWitness {
    /// Starts serving on a bound socket.
    pub fn start(witness: Arc<Witness>, listener: TcpListener, options: &ServeOptions) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (runtime, router, options) = (runtime()?, router(witness, options), options.clone());
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            // A dropped sender stops too.
            let stop = async move { drop(stopped.await) };
            runtime.block_on(serve(listener, router, &options, stop))
        };
        let thread = std::thread::Builder::new().name("log-witness".into()).spawn(run)?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets running requests end, then stops.
    pub fn stop(mut self) -> io::Result<()> {
        self.end()
    }

    fn end(&mut self) -> io::Result<()> {
        drop(self.stop.take());
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => Err(io::Error::other("the serving thread panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for RunningWitness {
    fn drop(&mut self) {
        // A failure has no reader here; `stop` gives it.
        let _ = self.end();
    }
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

async fn serve(
    listener: TcpListener,
    router: Router,
    options: &ServeOptions,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(options.max_connections));
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            next = accept(&listener, &places) => {
                if let Some((stream, place)) = next {
                    spawn_connection(stream, place, router.clone(), options, &open);
                }
            }
        }
    }
    drop(listener);
    // Connections that do not end in time are cut with the runtime.
    let _ = timeout(options.stop_timeout, open.shutdown()).await;
    Ok(())
}

/// The next connection once there is a place for it; `None` if this attempt to accept failed; the caller tries again.
async fn accept(
    listener: &tokio::net::TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(_) => {
            sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

fn spawn_connection(
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    router: Router,
    options: &ServeOptions,
    open: &GracefulShutdown,
) {
    // An answer is one small packet: do not wait for more. A socket that refuses is only slower.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(options.head_timeout)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = open.watch(connection);
    tokio::spawn(async move {
        // A connection's failure is its peer's business.
        let _ = connection.await;
        drop(place);
    });
}
