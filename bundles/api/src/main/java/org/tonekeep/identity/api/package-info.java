/**
 * Accounts, roles and callers. Sessions and passwords stay behind {@link
 * org.tonekeep.identity.api.Authenticator}.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.identity.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
