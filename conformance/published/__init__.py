"""What a provider publishes about itself: its OpenAPI document, read and compared with a spec."""
