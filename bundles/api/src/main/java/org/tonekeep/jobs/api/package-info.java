/** Work that must happen: durable jobs with leases, retries, progress and cancellation. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.jobs.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
