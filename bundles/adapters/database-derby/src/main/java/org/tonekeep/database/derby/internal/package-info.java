/**
 * Derby as an OSGi JDBC DataSourceFactory; the databases that it opened are shut down with the
 * bundle.
 */
@NullMarked
package org.tonekeep.database.derby.internal;

import org.jspecify.annotations.NullMarked;
