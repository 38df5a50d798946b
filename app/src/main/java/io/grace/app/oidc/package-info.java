/// Signs people in through an OpenID Connect provider; knows Spring Security's OAuth 2.0 client,
/// and is loaded only where a provider is configured.
@org.jspecify.annotations.NullMarked
package io.grace.app.oidc;
