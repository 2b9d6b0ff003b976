/**
 * The durable queue. {@link JobQueue} is what other bundles see; {@link JobDispatcher} gives each
 * free worker the job whose turn it is ({@link Turns}) and keeps its lease ({@link LeaseTable})
 * while a {@link JobRun} does it. The law: a job is what its row says. Whoever writes to the row of
 * a running job names the lease version it was claimed under, so that an attempt that lost its
 * lease writes nothing.
 */
@NullMarked
package org.tonekeep.jobs.internal;

import org.jspecify.annotations.NullMarked;
