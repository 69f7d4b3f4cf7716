package io.spotplane.pricing.planted.adapter;

class ImportsAnAdapter {
    Class<?> adapter() {
        return io.spotplane.providers.aws.AwsSettings.class;
    }
}
