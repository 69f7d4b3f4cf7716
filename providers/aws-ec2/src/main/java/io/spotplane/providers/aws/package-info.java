/**
 * EC2: spot and on-demand machines of the configured regions, by the AWS SDK's async clients. {@link io.spotplane.providers.aws.AwsFaults} is the only
 * file that knows EC2's codes; {@link io.spotplane.providers.aws.AwsRegion} the only one that calls.
 */
@NullMarked
package io.spotplane.providers.aws;

import org.jspecify.annotations.NullMarked;
