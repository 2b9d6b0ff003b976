/**
 * How a bundle contributes REST resources and raw HTTP doors, and the problem documents they answer
 * with.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.rest.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
