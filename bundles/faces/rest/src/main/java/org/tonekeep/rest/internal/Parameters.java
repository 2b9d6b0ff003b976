package org.tonekeep.rest.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.ext.ParamConverter;
import javax.ws.rs.ext.ParamConverterProvider;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;

/**
 * Numbers, truths and times in queries: a wrong one is 422 with its name, where JAX-RS by itself
 * would say 404. In a path it is 404, as any address of nothing.
 */
final class Parameters implements ParamConverterProvider {
  private static final Map<Class<?>, Kind> KINDS =
      Map.of(
          int.class, new Kind("a whole number", Integer::valueOf),
          Integer.class, new Kind("a whole number", Integer::valueOf),
          long.class, new Kind("a whole number", Long::valueOf),
          Long.class, new Kind("a whole number", Long::valueOf),
          double.class, new Kind("a number", Parameters::finite),
          Double.class, new Kind("a number", Parameters::finite),
          boolean.class, new Kind("true or false", Parameters::truth),
          Boolean.class, new Kind("true or false", Parameters::truth),
          Instant.class, new Kind("a time such as 2026-01-31T12:00:00Z", Instant::parse),
          Duration.class, new Kind("a duration such as PT60M", Duration::parse));

  /**
   * How a type is read; the reader throws {@link IllegalArgumentException} or a parse exception.
   */
  private record Kind(String expected, Function<String, Object> reader) {}

  @Override
  @SuppressWarnings("unchecked") // A kind reads values of the class that it is filed under.
  public @Nullable <T> ParamConverter<T> getConverter(
      Class<T> rawType, Type genericType, Annotation @Nullable [] annotations) {
    Kind kind = KINDS.get(rawType);
    if (kind == null) {
      return null;
    }
    return new ParamConverter<>() {
      @Override
      public T fromString(String value) {
        try {
          return (T) kind.reader().apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
          throw refusal(kind, annotations);
        }
      }

      @Override
      public String toString(T value) {
        return String.valueOf(value);
      }
    };
  }

  private static ProblemException refusal(Kind kind, Annotation @Nullable [] annotations) {
    String name = "";
    for (Annotation annotation : annotations == null ? new Annotation[0] : annotations) {
      if (annotation instanceof PathParam) {
        return ProblemException.notFound();
      }
      if (annotation instanceof QueryParam query) {
        name = query.value();
      }
    }
    return ProblemException.invalid(new FieldError("/" + name, "expected " + kind.expected()));
  }

  private static Object finite(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    return number;
  }

  private static Object truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }
}
