/** The rows of uploads and their parts. Law: entities never leave this package. */
@NullMarked
package org.tonekeep.uploads.internal.jpa;

import org.jspecify.annotations.NullMarked;
