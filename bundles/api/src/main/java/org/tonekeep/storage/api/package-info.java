/**
 * Bytes: where they lie ({@link org.tonekeep.storage.api.BlobStore}) and who may read them ({@link
 * org.tonekeep.storage.api.Vault}).
 */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.storage.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
