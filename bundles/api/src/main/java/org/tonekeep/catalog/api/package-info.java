/** Tracks and their state. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.catalog.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
