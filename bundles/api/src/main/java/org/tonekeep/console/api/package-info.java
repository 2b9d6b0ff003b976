/** The base of all tenant commands of the Karaf console. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.console.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
