/**
 * Blobs in the heap. What is here is gone when the bundle stops; the law is that it never takes
 * more room than it was given.
 */
@NullMarked
package org.tonekeep.storage.memory.internal;

import org.jspecify.annotations.NullMarked;
