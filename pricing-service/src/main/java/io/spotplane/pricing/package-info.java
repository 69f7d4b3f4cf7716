/**
 * The pricing service: collects what every market sells, remembers each change, announces it, and answers what is for sale now.
 *
 * <p>Packages are features and point one way: {@code market} (collect and judge) uses {@code shelf} (the copy in Redis that all replicas
 * share) and {@code book} (what is written down and, with {@code announce}, announced); all of them know {@code offering} (what is
 * served, and the questions it answers). {@code history} answers from what the book wrote;
 * {@code alert} is shown each shelf that was written down, and tells tenants of the lines that prices crossed.
 */
@NullMarked
package io.spotplane.pricing;

import org.jspecify.annotations.NullMarked;
