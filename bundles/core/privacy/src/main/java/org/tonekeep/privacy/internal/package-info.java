/**
 * The register of personal data. The law here: a bundle that is away still owes its data, so what
 * it said it holds is never forgotten by itself.
 */
@NullMarked
package org.tonekeep.privacy.internal;

import org.jspecify.annotations.NullMarked;
