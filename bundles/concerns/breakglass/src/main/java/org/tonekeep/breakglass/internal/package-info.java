/**
 * Break-glass. The law: nobody of the staff reads what people uploaded, unless a grant says so that
 * somebody asked for with ticket and reason, that ends by itself, that is in the audit log and that
 * its owner is told of.
 *
 * <p>{@link Breakglass} makes, approves and ends grants, {@link GrantedUrls} signs addresses under
 * them, {@link GrantHolders} says for every range of bytes whether the grant still is alive.
 */
@NullMarked
package org.tonekeep.breakglass.internal;

import org.jspecify.annotations.NullMarked;
