/**
 * Mails as files. {@link MessageWriter} makes a message of RFC 5322 of a mail, {@link Outbox} keeps
 * it under {@code <data>/outbox/<tenant>/}, readable by the operator only, until its time is over
 * or its account is erased.
 */
@NullMarked
package org.tonekeep.mail.outbox.internal;

import org.jspecify.annotations.NullMarked;
