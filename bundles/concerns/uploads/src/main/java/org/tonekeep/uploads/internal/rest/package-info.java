/** The tus protocol. Law: it translates, and decides nothing. */
@NullMarked
package org.tonekeep.uploads.internal.rest;

import org.jspecify.annotations.NullMarked;
