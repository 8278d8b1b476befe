"""A small event library in Python, to be judged as an example. It knows nothing of scenarios."""


class InvalidStateError(Exception):
    """The event is being dispatched."""


class Event:
    """Something that happens."""

    NONE, CAPTURING, AT_TARGET, BUBBLING = range(4)

    def __init__(self, type, bubbles=False, cancelable=False, composed=False):
        self.type, self.bubbles, self.cancelable, self.composed = type, bubbles, cancelable, composed
        self.target = self.current_target = None
        self.event_phase = Event.NONE
        self.default_prevented = self._stopped = self._stopped_at_once = self._passive = self._dispatching = False
        self.is_trusted = False

    def prevent_default(self):
        if self.cancelable and not self._passive:
            self.default_prevented = True

    def stop_propagation(self):
        self._stopped = True

    def stop_immediate_propagation(self):
        self._stopped = self._stopped_at_once = True

    def composed_path(self):
        return [] if self.current_target is None else [self.target]

    def init_event(self, type, bubbles=False, cancelable=False):
        if not self._dispatching:
            self.type, self.bubbles, self.cancelable = type, bubbles, cancelable
            self.target, self.default_prevented, self._stopped, self._stopped_at_once = None, False, False, False

    @property
    def src_element(self):
        return self.target

    @property
    def return_value(self):
        return not self.default_prevented

    @return_value.setter
    def return_value(self, value):
        if not value:
            self.prevent_default()

    @property
    def cancel_bubble(self):
        return self._stopped

    @cancel_bubble.setter
    def cancel_bubble(self, value):
        self._stopped = self._stopped or value


class EventTarget:
    """Something that events are dispatched to."""

    def __init__(self):
        self._listeners = {}
        self.errors = []

    def add_event_listener(self, type, callback, capture=False, *, once=False, passive=False):
        self._listeners.setdefault((type, callback, capture), (once, passive))

    def remove_event_listener(self, type, callback, capture=False):
        self._listeners.pop((type, callback, capture), None)

    def dispatch_event(self, event):
        if event._dispatching:
            raise InvalidStateError("the event is being dispatched")
        event._dispatching, event.target, event.event_phase = True, self, Event.AT_TARGET
        for capture in (True, False):
            self._invoke(event, capture)
        event._dispatching, event.current_target, event.event_phase = False, None, Event.NONE
        event._stopped = event._stopped_at_once = False
        return not event.default_prevented

    def _invoke(self, event, capture):
        if event._stopped:
            return
        event.current_target = self
        for key, options in list(self._listeners.items()):
            # One that was removed and added again since is another.
            if self._listeners.get(key) is not options or key[0] != event.type or key[2] != capture:
                continue
            once, event._passive = options
            if once:
                del self._listeners[key]
            try:
                key[1](event)
            except Exception as error:
                self.errors.append(error)
            event._passive = False
            if event._stopped_at_once:
                return
