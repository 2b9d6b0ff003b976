package org.tonekeep.audit.internal.tree;

/** What is kept of a tree contradicts itself; the message says where. */
public final class BrokenTreeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenTreeException(String message) {
    super(message);
  }
}
