package io.spotplane.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springdoc.core.annotations.ParameterObject;

/**
 * On an argument of a controller method: a record whose components are query parameters of the same names. Those that are not given are null, so
 * that components of primitive types are not for this. Constraints of the components are checked; what cannot be read or is not
 * allowed is refused by field.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ParameterObject
public @interface QueryRecord {}
