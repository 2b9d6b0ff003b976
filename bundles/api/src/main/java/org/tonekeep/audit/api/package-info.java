/** The audit log: entries are appended in the transaction of the act. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.audit.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
