/**
 * Outgoing mail: templates with a registered purpose, a queue that joins transactions, and adapters
 * that send.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.mail.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
