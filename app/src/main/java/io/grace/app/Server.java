package io.grace.app;

import io.grace.app.console.ConsoleBeans;
import io.grace.app.guard.GuardBeans;
import io.grace.app.guard.ProviderDoor;
import io.grace.app.oidc.OidcDoor;
import io.grace.app.web.WebBeans;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/// The HTTP server in front of a node. Nothing is scanned: every bean is named here or in the
/// imported classes.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@Import({GuardBeans.class, WebBeans.class, ConsoleBeans.class, OpenApiBeans.class})
class Server {
  /// Whoever sends nothing for so long is cut off, and so is who reads nothing.
  private static final String IDLE_LIMIT = "20s";

  private static final String BODY_PAUSE_LIMIT_MILLIS = "5000";

  /// Enough for a hundred streams and many clients; each costs some 50 KB.
  private static final String MOST_CONNECTIONS = "1000";

  private static final int MOST_SESSIONS = 1000;

  /// Starts it. Closing the context stops it in order and closes the backend at last.
  ///
  /// @param port 0 for any free one
  static ConfigurableApplicationContext start(Backend backend, String host, int port) {
    var application = new SpringApplication(Server.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setMainApplicationClass(Grace.class);
    application.setDefaultProperties(properties(host, port));
    // A node without its server would act unseen: it is closed if the server does not start.
    var closing = new Closing(backend);
    application.addInitializers(context -> {
      var beans = (GenericApplicationContext) context;
      beans.registerBean("closing", Closing.class, () -> closing);
      beans.registerBean(Backend.class, () -> backend, Server::isClosedLast);
      // Not a bean method: its classes are loaded only where there is a provider.
      backend
          .identityProvider()
          .ifPresent(p ->
              beans.registerBean(
                  ProviderDoor.class, () -> OidcDoor.to(p, beans.getBean(InstantSource.class))));
    });
    try {
      return application.run();
    } catch (RuntimeException e) {
      closing.destroy();
      throw e;
    }
  }

  /// Spring would find its `close` too; [Closing] does that. Who depends is destroyed first.
  private static void isClosedLast(BeanDefinition backend) {
    backend.setDependsOn("closing");
    backend.setDestroyMethodName("");
  }

  /// Closes the backend once, after everything that uses it.
  private static final class Closing implements DisposableBean {
    private final Backend backend;
    private final AtomicBoolean isDone = new AtomicBoolean();

    Closing(Backend backend) {
      this.backend = backend;
    }

    @Override
    public void destroy() {
      if (isDone.compareAndSet(false, true)) {
        backend.close();
      }
    }
  }

  static int port(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /// Defaults, so that the environment wins, such as `SERVER_PORT`.
  private static Map<String, Object> properties(String host, int port) {
    var all = new HashMap<String, Object>();
    all.put("server.address", host);
    all.put("server.port", port);
    all.put("server.shutdown", "graceful");
    all.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
    all.put("server.tomcat.connection-timeout", IDLE_LIMIT);
    all.put("server.tomcat.keep-alive-timeout", IDLE_LIMIT);
    all.put("server.tomcat.max-connections", MOST_CONNECTIONS);
    all.put("server.tomcat.max-swallow-size", "64KB");
    all.put("server.tomcat.mbeanregistry.enabled", "false");
    all.put("server.max-http-request-header-size", "16KB");
    all.put("server.compression.enabled", "true");
    all.put("server.compression.mime-types", "text/html,text/markdown");
    all.put("server.servlet.session.timeout", "8h");
    all.put("server.servlet.session.cookie.name", "GRACE_SESSION");
    all.put("server.servlet.session.cookie.http-only", "true");
    all.put("server.servlet.session.cookie.same-site", "strict");
    all.put("server.servlet.session.tracking-modes", "cookie");
    all.put("spring.threads.virtual.enabled", "true");
    all.put("spring.main.web-application-type", "servlet");
    all.put("spring.web.resources.add-mappings", "false");
    all.put("spring.servlet.multipart.enabled", "false");
    all.put("spring.mvc.formcontent.filter.enabled", "false");
    // Observing each filter of each request costs more than the request.
    all.put("management.observations.enable.spring.security", "false");
    all.put("management.endpoints.access.default", "none");
    all.put("management.endpoint.prometheus.access", "read-only");
    all.put("management.endpoints.web.exposure.include", "prometheus");
    all.put("management.endpoints.web.discovery.enabled", "false");
    all.put("springdoc.writer-with-order-by-keys", "true");
    all.put("springdoc.show-actuator", "false");
    all.put("springdoc.override-with-generic-response", "false");
    all.put("springdoc.default-produces-media-type", "application/json");
    return all;
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  ListensOn listensOn(Environment environment) {
    return new ListensOn(environment.getRequiredProperty("server.address"));
  }

  @Bean
  Measures measures(Backend backend) {
    return new Measures(backend);
  }

  /// Whoever sends a body sends it: a pause ends the connection soon, or slow senders hold it all.
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowBodies() {
    return factory ->
        factory.addConnectorCustomizers(connector -> {
          connector.setProperty("disableUploadTimeout", "false");
          connector.setProperty("connectionUploadTimeout", BODY_PAUSE_LIMIT_MILLIS);
        });
  }

  /// More people than that never look at once; a session more is refused, not an older one ended.
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedSessions() {
    return factory ->
        factory.addContextCustomizers(context -> {
          var manager = new StandardManager();
          manager.setMaxActiveSessions(MOST_SESSIONS);
          manager.setPathname(null); // Sessions end with the process.
          context.setManager(manager);
        });
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemValve.class.getName());
          }
        });
  }
}
