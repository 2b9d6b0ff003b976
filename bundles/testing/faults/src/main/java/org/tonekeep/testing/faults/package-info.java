/**
 * The stores of a node (blobs in files, rows in Derby, keys, the audit log) under faults: a child
 * process works through a {@link Script} while strace kills it at one system call, or lets that
 * call fail; the {@link Checker} then compares what is left with what the child had promised.
 */
@NullMarked
package org.tonekeep.testing.faults;

import org.jspecify.annotations.NullMarked;
