//! A server on the loopback interface, in a thread of its own.

use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use axum::Router;
use tokio::sync::oneshot;

/// A port that is taken, on which nothing is served yet.
pub(super) struct Port {
    listener: TcpListener,
    pub(super) address: SocketAddr,
}

/// The server. It ends when it is dropped.
pub(super) struct Serving {
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Port {
    /// Takes this port, or any if it is 0.
    pub(super) fn take(port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Port { listener, address })
    }

    /// Serves this there.
    pub(super) fn serve(self, router: Router) -> std::io::Result<Serving> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (end, ended) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(self.listener) else { return };
                let served = std::future::IntoFuture::into_future(axum::serve(listener, router));
                tokio::select! { _ = served => {}, _ = ended => {} }
            });
            // Connections that are still open are nobody's any more.
            runtime.shutdown_background();
        });
        Ok(Serving { end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
