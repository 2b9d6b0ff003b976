package org.tonekeep.passkeys.internal;

/** The answer to a challenge proves nothing. Why is for nobody's eyes but a debugger's. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException() {
    super("The passkey was not accepted");
  }

  public RefusedException(Throwable cause) {
    super("The passkey was not accepted", cause);
  }
}
