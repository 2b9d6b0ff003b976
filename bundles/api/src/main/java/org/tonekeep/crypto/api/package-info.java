/** Keys that outlive the process. No key ever leaves this service in the clear. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.crypto.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
