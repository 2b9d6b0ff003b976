/**
 * Keys. The law: the root key is made once, never leaves this bundle, and is never made anew beside
 * data that an older one protects; what is destroyed stays so. The root key wraps one random key
 * per tenant ({@link TenantKeys}), that one each owner's ({@link WrappedOwnerKeys}); where they lie
 * is {@link WrappedKeys}. {@link KeyStart} offers the services or says why not.
 */
@NullMarked
package org.tonekeep.crypto.internal;

import org.jspecify.annotations.NullMarked;
