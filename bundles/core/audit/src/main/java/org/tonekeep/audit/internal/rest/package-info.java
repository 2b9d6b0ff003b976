/** What is served of the log: everybody's own entries, their proofs, and the tiles. */
@NullMarked
package org.tonekeep.audit.internal.rest;

import org.jspecify.annotations.NullMarked;
