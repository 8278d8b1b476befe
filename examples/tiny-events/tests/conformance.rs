//! This library, judged: one test for each requirement. `cargo test -p tiny-events --test conformance`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use bgfspec::adapter::host::{Act, Attribute, Callback, EventInit, Got, Host, HostAdapter, ListenerOptions, Thrown};
use bgfspec::scenario::Capability;
use tiny_events::{AbortController, Event, EventTarget, Init, Listener, Options};

bgfspec::conformance_suite!(
    HostAdapter::new(
        "tiny-events",
        env!("CARGO_PKG_VERSION"),
        [Capability::Capture, Capability::Exceptions, Capability::Tree, Capability::Abort],
        Tiny::default,
    ),
    cases = 2_000,
);

/// The library as something that scenarios can be played on. It knows its listeners by identity, and scenarios know theirs by name.
#[derive(Clone, Default)]
struct Tiny(Rc<RefCell<HashMap<String, Listener>>>);

impl Tiny {
    fn listener(&self, callback: &Callback<Self>) -> Listener {
        let make = || {
            let (callback, listeners) = (callback.clone(), Rc::downgrade(&self.0));
            Listener::new(move |event| {
                let mut tiny = Tiny(listeners.upgrade().unwrap_or_default());
                Ok(callback.call(&mut tiny, event)?)
            })
        };
        self.0.borrow_mut().entry(callback.name().to_owned()).or_insert_with(make).clone()
    }
}

impl Host for Tiny {
    type Target = EventTarget;
    type Event = Event;

    fn create_target(&mut self) -> EventTarget {
        EventTarget::new()
    }

    fn create_event(&mut self, kind: &str, EventInit { bubbles, cancelable, composed }: EventInit) -> Event {
        Event::new(kind, Init { bubbles, cancelable, composed })
    }

    fn add_listener(
        &mut self,
        target: &EventTarget,
        kind: &str,
        callback: Callback<Self>,
        ListenerOptions { capture, once, passive, signal }: ListenerOptions<EventTarget>,
    ) {
        let options = Options { capture, once, passive: passive.unwrap_or(false), signal };
        target.add_listener(kind, &self.listener(&callback), options);
    }

    fn remove_listener(&mut self, target: &EventTarget, kind: &str, callback: &Callback<Self>, capture: bool) {
        target.remove_listener(kind, &self.listener(callback), capture);
    }

    fn dispatch(&mut self, target: &EventTarget, event: &Event) -> Result<bool, Thrown> {
        target.dispatch(event).map_err(|_| Thrown::exception("InvalidStateError"))
    }

    fn act(&mut self, event: &Event, act: Act<'_>) -> Option<()> {
        match act {
            Act::PreventDefault | Act::SetReturnValue(false) => event.cancel(),
            Act::StopPropagation | Act::SetCancelBubble(true) => event.stop(),
            Act::StopImmediatePropagation => event.stop_at_once(),
            Act::InitEvent { kind, bubbles, cancelable } => {
                event.reinit(kind, Init { bubbles, cancelable, ..event.init() });
            }
            Act::SetReturnValue(true) | Act::SetCancelBubble(false) => {}
        }
        Some(())
    }

    fn get(&mut self, event: &Event, attribute: Attribute) -> Option<Got<EventTarget>> {
        Some(match attribute {
            Attribute::Type => event.kind().to_owned().into(),
            Attribute::Target | Attribute::SrcElement => event.target().into(),
            Attribute::CurrentTarget => event.current_target().into(),
            Attribute::EventPhase => (event.phase() as u16).into(),
            Attribute::ComposedPath => event.path().into(),
            Attribute::Bubbles => event.init().bubbles.into(),
            Attribute::Cancelable => event.init().cancelable.into(),
            Attribute::Composed => event.init().composed.into(),
            Attribute::DefaultPrevented => event.is_canceled().into(),
            Attribute::ReturnValue => (!event.is_canceled()).into(),
            Attribute::CancelBubble => event.is_stopped().into(),
            Attribute::IsTrusted => event.is_trusted().into(),
        })
    }

    fn create_node(&mut self, parent: Option<&EventTarget>) -> Option<EventTarget> {
        Some(parent.map_or_else(EventTarget::new, EventTarget::with_parent))
    }

    fn create_signal(&mut self) -> Option<EventTarget> {
        Some(AbortController::new().signal().clone())
    }

    fn abort(&mut self, signal: &EventTarget) {
        AbortController::of(signal).abort();
    }

    fn is_aborted(&mut self, signal: &EventTarget) -> Option<bool> {
        Some(signal.is_aborted())
    }
}
