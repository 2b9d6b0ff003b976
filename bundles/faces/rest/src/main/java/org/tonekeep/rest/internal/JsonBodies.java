package org.tonekeep.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.jaxrs.json.JacksonJsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.storage.api.TooLargeException;

/**
 * Reads and writes bodies. What is wrong with a body that was sent is told here, so that Jackson's
 * exceptions from elsewhere stay what they are: errors of ours.
 */
final class JsonBodies extends JacksonJsonProvider {
  JsonBodies() {
    super(Json.mapper());
  }

  @Override
  public @Nullable Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    try {
      return super.readFrom(type, genericType, annotations, mediaType, headers, body);
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (CharConversionException e) {
      throw malformed();
    }
  }

  /** Written as a whole: when it fails in the middle, nothing has been sent yet. */
  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    super.writeTo(value, type, genericType, annotations, mediaType, headers, whole);
    whole.writeTo(out);
  }

  private static RuntimeException refusal(JsonProcessingException e) throws IOException {
    boolean malformed = false;
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof TooLargeException || at instanceof ProblemException) {
        return (RuntimeException) at;
      }
      if (at instanceof BrokenBodyException broken) {
        throw broken;
      }
      malformed |=
          at instanceof StreamConstraintsException
              || (at instanceof StreamReadException && !(at instanceof InputCoercionException));
    }
    return !malformed && e instanceof JsonMappingException mapping ? invalid(mapping) : malformed();
  }

  private static ProblemException malformed() {
    return ProblemException.of(
        400, "malformed-json", "Malformed JSON", "The body is no valid JSON");
  }

  private static ProblemException invalid(JsonMappingException e) {
    String pointer =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
            .collect(Collectors.joining());
    if (e instanceof UnrecognizedPropertyException) {
      return ProblemException.invalid(new FieldError(pointer, "unknown here; leave it out"));
    }
    Class<?> wanted = e instanceof MismatchedInputException m ? m.getTargetType() : null;
    if (e.getCause() instanceof InputCoercionException coercion) {
      wanted = coercion.getTargetType();
    }
    return ProblemException.invalid(new FieldError(pointer, "expected " + expected(wanted)));
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    JavaType known = TypeFactory.defaultInstance().constructType(type);
    if (type == String.class) {
      return "a text";
    } else if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    } else if (type == Duration.class) {
      return "a duration such as PT60M";
    } else if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number in range";
    }
    return known.isCollectionLikeType() || known.isArrayType() ? "a list" : "an object";
  }
}
