/**
 * The accounts of each tenant. {@code AccountService} checks and decides, {@code jpa} keeps the
 * rows, {@code AccountHolder} is the part in export and erasure. An address never leaves in an
 * exception or a log; how a person proves to be the owner is not known here.
 */
@NullMarked
package org.tonekeep.identity.internal;

import org.jspecify.annotations.NullMarked;
