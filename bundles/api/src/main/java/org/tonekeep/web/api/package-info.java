/** How a bundle contributes a page to the web face. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.web.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
