/** One transaction over several persistence units, and the door to each unit. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.persistence.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
