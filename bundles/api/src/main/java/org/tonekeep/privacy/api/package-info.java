/** What personal data a bundle holds, and its part in export and erasure. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.privacy.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
