package org.tonekeep.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotations of one resource class into a piece of OpenAPI 3.1, by swagger-core, whose
 * registries are static and not made for several threads.
 */
final class ApiReader {
  private static boolean prepared;

  private ApiReader() {}

  /** Paths and schemas of a resource; paths are relative to its base. */
  static synchronized ObjectNode read(Class<?> resource) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // swagger-core asks the thread's loader for extensions; there are none but its own.
    thread.setContextClassLoader(Reader.class.getClassLoader());
    try {
      prepare();
      Reader reader = new Reader(new SwaggerConfiguration().openAPI31(true));
      OpenAPI api = reader.read(Set.of(resource));
      return (ObjectNode) Json.MAPPER.readTree(Json31.mapper().writeValueAsBytes(api));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("OpenAPI's own writer does not write JSON", e);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void prepare() {
    if (!prepared) {
      ModelConverters.getInstance(true).addConverter(new Durations());
      prepared = true;
    }
  }

  /** Durations are texts in this API. */
  private static final class Durations implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
        AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
      JavaType known = Json31.mapper().constructType(type.getType());
      if (known != null && known.hasRawClass(Duration.class)) {
        Schema<?> text = new JsonSchema();
        return text.types(Set.of("string")).format("duration");
      }
      return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }
  }
}
