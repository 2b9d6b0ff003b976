package org.tonekeep.auth.internal;

import java.time.Duration;

/** What a mail to the owner of an address was for. */
public enum TokenKind {
  /** Confirms the address of a new account. */
  CONFIRM(Duration.ofHours(24), Duration.ofMinutes(5)),
  /** Sets a new password. */
  RESET(Duration.ofMinutes(30), Duration.ofMinutes(2)),
  /** Told the owner that there is an account already; its token is in no link. */
  ALREADY(Duration.ofHours(1), Duration.ofHours(1)),
  /** Told the owner that strangers guess the password; its token is in no link. */
  GUESSED(Duration.ofDays(1), Duration.ofDays(1)),
  /** Told the owner that somebody had the password, but no code; its token is in no link. */
  CODELESS(Duration.ofDays(1), Duration.ofDays(1));

  private final Duration life;
  private final Duration pause;

  TokenKind(Duration life, Duration pause) {
    this.life = life;
    this.pause = pause;
  }

  /** How long the link works. */
  Duration life() {
    return life;
  }

  /** How long an account gets no second mail of the kind, so that nobody can flood it. */
  Duration pause() {
    return pause;
  }
}
