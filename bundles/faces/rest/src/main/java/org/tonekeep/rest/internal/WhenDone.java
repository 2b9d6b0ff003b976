package org.tonekeep.rest.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ServletRequest;

/** Runs an action once when a request is over, be it now or when its async part ends. */
final class WhenDone implements AsyncListener {
  private final Runnable action;
  private final AtomicBoolean done = new AtomicBoolean();

  private WhenDone(Runnable action) {
    this.action = action;
  }

  static void run(ServletRequest request, Runnable action) {
    if (request.isAsyncStarted()) {
      WhenDone listener = new WhenDone(action);
      try {
        request.getAsyncContext().addListener(listener);
      } catch (IllegalStateException e) {
        // It ended between the two calls.
        listener.once();
      }
    } else {
      action.run();
    }
  }

  private void once() {
    if (done.compareAndSet(false, true)) {
      action.run();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    once();
  }

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {
    // A second round after a dispatch: the container forgets its listeners.
    event.getAsyncContext().addListener(this);
  }
}
