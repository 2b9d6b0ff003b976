/**
 * How one effect becomes one transaction: {@link org.tonekeep.persistence.internal.ThreadTx} binds
 * a connection of the pool to the thread, {@link org.tonekeep.persistence.internal.TxDataSource}
 * hands it to every persistence unit and to plain JDBC, {@link
 * org.tonekeep.persistence.internal.Migrator} brings a bundle's tables up to date before {@link
 * org.tonekeep.persistence.internal.Units} opens its door.
 */
@NullMarked
package org.tonekeep.persistence.internal;

import org.jspecify.annotations.NullMarked;
