/** Jobs over HTTP. The law: an account sees its own jobs; another's is as absent as none. */
@NullMarked
package org.tonekeep.jobs.internal.rest;

import org.jspecify.annotations.NullMarked;
