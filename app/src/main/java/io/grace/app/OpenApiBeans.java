package io.grace.app;

import io.grace.app.guard.Access;
import io.grace.app.guard.Route;
import io.grace.app.guard.Routes;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Describes the API as OpenAPI, with the roles of the table of routes.
@Configuration(proxyBeanMethods = false)
class OpenApiBeans {
  private static final String SCHEME = "token";

  @Bean
  OpenAPI description() {
    return new OpenAPI()
        .info(
            new Info()
                .title("GRACE")
                .version("1")
                .description(
                    "Self-healing that justifies, bounds, undoes and proves what it does."))
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSecuritySchemes(
                    SCHEME, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")));
  }

  /// The names of properties, as the API writes them.
  @Bean
  ModelResolver modelResolver() {
    return new ModelResolver(
        Json.mapper()
            .copy()
            .setPropertyNamingStrategy(
                com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE));
  }

  @Bean
  OpenApiCustomizer roles() {
    return api ->
        Routes.ALL.forEach(route -> {
          PathItem path = api.getPaths().get(route.pattern());
          if (path != null) {
            Operation operation =
                path.readOperationsMap().get(PathItem.HttpMethod.valueOf(route.method().name()));
            if (operation != null) {
              describe(route, operation);
            }
          }
        });
  }

  private static void describe(Route route, Operation operation) {
    switch (route.access()) {
      case Access.Anyone _ -> operation.setSecurity(List.of());
      case Access.Sources _ -> {
        operation.setSecurity(List.of());
        operation.addExtension("x-role", "a declared source");
      }
      case Access.AtLeast(Role role) -> {
        operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
        operation.addExtension("x-role", role.toString());
      }
    }
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("A problem (RFC 9457)")
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType().schema(new ObjectSchema()))));
  }
}
