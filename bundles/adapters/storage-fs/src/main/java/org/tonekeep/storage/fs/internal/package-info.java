/**
 * Blobs as files. The law: bytes are written to a private temporary file, synced, linked under
 * their name (which fails when the name is taken), and every folder whose entries changed is synced
 * before anybody is told. {@link FsBlobStore} is the store, {@link Folders} knows where a key lies
 * and keeps folders durable, {@link Incoming} owns the temporary files.
 */
@NullMarked
package org.tonekeep.storage.fs.internal;

import org.jspecify.annotations.NullMarked;
