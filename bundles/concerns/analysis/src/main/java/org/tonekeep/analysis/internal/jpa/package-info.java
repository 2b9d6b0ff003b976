/** The rows of analyses. Law: entities never leave this package. */
@NullMarked
package org.tonekeep.analysis.internal.jpa;

import org.jspecify.annotations.NullMarked;
