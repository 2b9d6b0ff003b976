/** The REST paths under {@code /api/account/image}: resources only translate. */
@NullMarked
package org.tonekeep.portrait.internal.rest;

import org.jspecify.annotations.NullMarked;
