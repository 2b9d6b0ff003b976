/** Peaks and analyses over HTTP. Law: resources translate, the owner alone may ask. */
@NullMarked
package org.tonekeep.analysis.internal.rest;

import org.jspecify.annotations.NullMarked;
