//! How an event goes its way.

use std::rc::Rc;

use super::{Event, EventTarget, InvalidState, Phase, Registered};

impl EventTarget {
    /// Sends an event on its way to this target; tells whether nobody canceled it.
    ///
    /// # Errors
    /// It is on its way already.
    pub fn dispatch(&self, event: &Event) -> Result<bool, InvalidState> {
        if event.0.dispatching.get() {
            return Err(InvalidState);
        }
        event.0.trusted.set(false);
        Ok(self.send(event))
    }

    /// The same for an event that is not on its way.
    pub(crate) fn send(&self, event: &Event) -> bool {
        event.0.dispatching.set(true);
        let path: Vec<EventTarget> =
            std::iter::successors(Some(self.clone()), |target| target.0.parent.clone()).collect();
        event.0.target.replace(Some(self.clone()));
        event.0.path.replace(path.clone());
        for target in path.iter().rev() {
            event.0.phase.set(if target == self { Phase::AtTarget } else { Phase::Capturing });
            target.invoke(event, true);
        }
        for target in &path {
            if target != self && !event.init().bubbles {
                break;
            }
            event.0.phase.set(if target == self { Phase::AtTarget } else { Phase::Bubbling });
            target.invoke(event, false);
        }
        event.0.phase.set(Phase::None);
        event.0.current_target.replace(None);
        event.0.path.replace(Vec::new());
        event.0.dispatching.set(false);
        event.0.stopped.set(false);
        event.0.stopped_at_once.set(false);
        !event.is_canceled()
    }

    /// Calls the listeners of one phase, as they are now.
    fn invoke(&self, event: &Event, capture: bool) {
        if event.is_stopped() {
            return;
        }
        event.0.current_target.replace(Some(self.clone()));
        let listeners: Vec<Rc<Registered>> = self.0.listeners.borrow().clone();
        for listener in listeners {
            let is_meant = listener.kind == *event.kind() && listener.options.capture == capture;
            if listener.removed.get() || !is_meant {
                continue;
            }
            if listener.options.once {
                self.remove(&listener);
            }
            event.0.in_passive_listener.set(listener.options.passive);
            let result = (listener.listener.0)(event);
            event.0.in_passive_listener.set(false);
            if let Err(error) = result {
                event.0.errors.borrow_mut().push(error);
            }
            if event.0.stopped_at_once.get() {
                return;
            }
        }
    }
}
