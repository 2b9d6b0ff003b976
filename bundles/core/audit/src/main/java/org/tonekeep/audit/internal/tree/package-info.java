/**
 * Merkle trees as in RFC 6962 section 2.1, kept in tiles as in c2sp.org/tlog-tiles. Knows nothing
 * of tables, tenants or what an entry is.
 */
@NullMarked
package org.tonekeep.audit.internal.tree;

import org.jspecify.annotations.NullMarked;
