package org.tonekeep.rest.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type of a request's body whose JSON may have members that the type does not name; they are
 * ignored. Without it they are refused with 422 and a pointer: what a caller sends is what it means
 * to change. For bodies whose form a standard owns and may extend.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OtherMembers {}
