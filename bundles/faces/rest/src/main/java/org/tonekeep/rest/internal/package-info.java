/**
 * The HTTP door. {@link org.tonekeep.rest.internal.FrontServlet} sees every request first: it
 * resolves the tenant and the caller, asks the gate and hands over to a JAX-RS resource ({@link
 * org.tonekeep.rest.internal.RestPublisher}) or to an {@code HttpDoor}. Whatever is thrown becomes
 * a problem document in one place, {@link org.tonekeep.rest.internal.Problems}.
 */
@NullMarked
package org.tonekeep.rest.internal;

import org.jspecify.annotations.NullMarked;
