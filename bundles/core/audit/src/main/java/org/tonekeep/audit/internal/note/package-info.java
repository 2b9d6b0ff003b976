/** Signed notes (c2sp.org/signed-note), checkpoints (c2sp.org/tlog-checkpoint) and their keys. */
@NullMarked
package org.tonekeep.audit.internal.note;

import org.jspecify.annotations.NullMarked;
