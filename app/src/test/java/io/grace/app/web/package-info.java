/// Tests of parts of the routes that need no server.
@org.jspecify.annotations.NullMarked
package io.grace.app.web;
